"""Every schema the register has had, in order; a register is never taken back to an older one."""
