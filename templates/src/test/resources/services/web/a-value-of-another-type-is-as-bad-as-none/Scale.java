package shop;

import java.util.Map;

class Scale {
  int measure(long id, Map<String, Object> body) {
    if (!body.containsKey("grams")) {
      throw new InvalidRequestException("grams is required");
    }
    int grams = (Integer) body.get("grams");
    return grams * 2;
  }
}
