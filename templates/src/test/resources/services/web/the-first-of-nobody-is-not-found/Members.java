package shop;

import java.util.HashMap;
import java.util.Map;

class Members {
  private final Map<Long, Member> members = new HashMap<>();

  Members() {
    members.put(1L, new Member(1, "Bo", "Bern"));
    members.put(2L, new Member(2, "Al", "Bern"));
  }

  Member byId(long id) {
    Member member = members.get(id);
    if (member == null) {
      throw new NotFoundException("member", id);
    }
    return member;
  }

  String firstName(String city) {
    return members.values().stream().filter(m -> city.equals(m.city())).map(Member::name).sorted().iterator().next();
  }
}

record Member(long id, String name, String city) {}
