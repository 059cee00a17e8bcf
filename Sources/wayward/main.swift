print("wayward")
