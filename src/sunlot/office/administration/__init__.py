"""Keeping the accounts (账号管理): the pages of 系统管理员 and 安全管理员. What grants power is asked by the one and granted by the other."""
