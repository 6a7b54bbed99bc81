"""From a ski school's uploads to the schedule its displays show."""
