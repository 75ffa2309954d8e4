"""What each post does; calls to the spot. The rest of this room is opened from the office (`shells/office`)."""
