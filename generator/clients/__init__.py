"""Other systems on the wire: HTTP, Git, Jira, GitHub, Confluence and Slack; values in, values out."""
