"""What everything else is made of: records, conditions, domain types, errors, folders, answer dates."""
