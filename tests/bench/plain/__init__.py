"""The other side: what a good developer writes in an hour, of the same rows in the same shell."""
