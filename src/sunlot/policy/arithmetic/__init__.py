"""The reckoning of an annual plan in days (安监总政法〔2017〕150号): integers and fractions, never floats."""
