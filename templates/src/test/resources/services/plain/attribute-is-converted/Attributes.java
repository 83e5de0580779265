package shop;

import java.util.Map;

class Attributes {
  long limit(Map<String, Object> values) {
    return (Long) values.get("limit");
  }
}
