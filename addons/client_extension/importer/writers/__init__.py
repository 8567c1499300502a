"""Files that we write: CSV and XLSX."""
