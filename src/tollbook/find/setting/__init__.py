"""When and where the incident of a claim was, within the story that a report tells."""
