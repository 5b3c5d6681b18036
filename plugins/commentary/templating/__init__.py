"""How templates are read: the environment they are rendered in, their compiled code, the words of the interface."""
