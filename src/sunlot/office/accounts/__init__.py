"""People and roles (账号与岗位): who may do what. Nobody holds two roles; the three administrators (三员) are three persons."""
