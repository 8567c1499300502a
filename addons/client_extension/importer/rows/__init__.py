"""From a row to what is done with it: columns, cells, match, plan, report."""
