"""What the commands of the app share."""
