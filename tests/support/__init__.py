"""What tests share: catalogs, clients, dates, strategies."""
