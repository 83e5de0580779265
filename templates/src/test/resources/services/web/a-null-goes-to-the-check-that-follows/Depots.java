package shop;

import java.util.Map;

class Depots {
  private final Map<String, Map<String, String>> cities =
      Map.of("DE", Map.of("BER", "Berlin"), "FR", Map.of("PAR", "Paris"));

  String shown(String code) {
    Map<String, String> known = cities.get(code.substring(0, 2));
    return known == null ? "unknown" : known.getOrDefault(code.substring(3), "unknown");
  }

  String depot(String country, String code) {
    if (country.length() != 2) {
      throw new InvalidRequestException("invalid country: " + country);
    }
    String city = cities.get(country).get(code);
    if (city == null) {
      throw new NotFoundException("city", code);
    }
    return city;
  }
}
