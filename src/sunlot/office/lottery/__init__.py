"""The lottery: draws as the office holds them. The files of a draw lie in its folder; the database knows where each stands."""
