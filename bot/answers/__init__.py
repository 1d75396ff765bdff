"""Evidence in, cited sentences out: quoting generator, chat model, the writer that shows only what holds."""
