"""Complaints and reports (投诉举报): intake, confidentiality, verification, transfer, answer, reward."""
