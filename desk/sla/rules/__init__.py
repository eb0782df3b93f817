"""What a calendar and a promise mean: pure functions of values. Inside, instants are whole seconds since 1970 UTC."""
