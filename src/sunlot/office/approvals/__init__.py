"""Four eyes (双人审批): one person asks, another decides, and only then it is done. The deed itself belongs to the app that registered it."""
