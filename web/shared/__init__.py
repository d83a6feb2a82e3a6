"""What every page uses: blueprint, language, labels, privacy, security, fragments."""
