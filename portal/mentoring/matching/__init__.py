"""The officer's part: who waits, who fits whom."""
