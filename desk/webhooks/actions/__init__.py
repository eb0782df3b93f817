"""What is done with webhooks: kept by people, rung by the journal, called by the desk."""
