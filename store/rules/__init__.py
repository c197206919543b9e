"""Rules: queries, and actions on the papers that they find when papers arrive."""
