"""What is added up of the ledger, so that long periods open quickly; what heads write down."""
