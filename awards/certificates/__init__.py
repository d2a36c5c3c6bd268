"""Certificates: their codes, their pages as PDF, who was handed which, and what became of them."""
