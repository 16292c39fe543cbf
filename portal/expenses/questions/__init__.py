"""Questions of approvers about claims, and their answers."""
