"""What a chat is told, how each kind of chat wants it, and where it may go: values in, values out."""
