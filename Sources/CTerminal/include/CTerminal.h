void terminal_placeholder(void);
