data class OrderPaid(val martId: Long, val orderId: Long)
