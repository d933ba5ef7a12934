"""What notices do: tell, show, send, choose, subscribe."""
