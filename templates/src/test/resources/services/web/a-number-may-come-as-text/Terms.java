package shop;

import java.util.Map;

class Terms {
  int extend(Map<String, Object> body) {
    if (!body.containsKey("days")) {
      throw new InvalidRequestException("days is required");
    }
    int days = (Integer) body.get("days");
    return days * 2;
  }
}
