package shop;

record OrderRequest(String sku, String note, String gift) {}

class Orders {
  String place(OrderRequest request) {
    if (request.sku() == null) {
      throw new InvalidRequestException("sku is required");
    }
    String note = request.note() == null ? "" : request.note().trim();
    String gift = request.gift().trim();
    return request.sku() + "/" + note + "/" + gift;
  }
}
