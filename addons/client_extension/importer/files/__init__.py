"""From the bytes of a file to its rows: encodings, CSV, XLSX and ODS."""
