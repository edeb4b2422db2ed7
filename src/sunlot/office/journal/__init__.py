"""The journal (留痕账本): every deed of the office as one line of a Merkle log, committed in the transaction of the deed itself."""
