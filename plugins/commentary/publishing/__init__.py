"""From rendered bytes to files that readers get: written whole, remembered, removed only if ours."""
