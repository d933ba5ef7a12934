"""What the station does: taking in, checking, answering, promoting, passing up and down."""
