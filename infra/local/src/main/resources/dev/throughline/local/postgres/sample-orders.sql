-- The order desk on its first morning; owners are the sample people of the Entra stand-in.
insert into orders (number, tenant, owner, customer_name, product, quantity, status, created_at, version) values
    (1, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b4', 'Alice Johnson', 'Wireless Keyboard', 2, 'delivered', '2026-10-05T08:12:00Z', 1),
    (2, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b3', 'Bob Smith', 'USB-C Hub', 1, 'shipped', '2026-10-07T09:30:00Z', 1),
    (3, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b4', 'Carol Lee', 'Monitor Stand', 1, 'pending', '2026-10-12T10:05:00Z', 1),
    (4, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b2', 'David Kim', 'Mechanical Keyboard', 1, 'shipped', '2026-10-14T11:41:00Z', 1),
    (5, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b4', 'Eve Martinez', 'Webcam HD', 3, 'pending', '2026-10-19T13:20:00Z', 1),
    (6, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b1', 'Frank Wilson', 'Laptop Sleeve', 2, 'delivered', '2026-10-21T14:02:00Z', 1),
    (7, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b3', 'Grace Chen', 'Noise-Cancelling Headphones', 1, 'shipped', '2026-10-26T15:45:00Z', 1),
    (8, 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-0000000000b1', 'Hank Brown', 'Ergonomic Mouse', 4, 'pending', '2026-10-28T16:18:00Z', 1);
select setval('orders_number_seq', 8);
