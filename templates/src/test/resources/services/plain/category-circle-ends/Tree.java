package shop;

class Category {
  final long id;
  Category parent;

  Category(long id) {
    this.id = id;
  }

  long getId() {
    return id;
  }

  Category getParent() {
    return parent;
  }
}

class Tree {
  static Category circle() {
    Category a = new Category(1);
    Category b = new Category(2);
    a.parent = b;
    b.parent = a;
    return a;
  }

  int depth(Category category) {
    if (category == null) {
      return 0;
    }
    return 1 + depth(category.getParent());
  }
}
