"""What the browser asks for."""
