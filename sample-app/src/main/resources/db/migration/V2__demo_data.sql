insert into mart (id, name, owner) values
  (1, 'Corner Mart', 'mart-1'),
  (7, 'Seven Mart', 'mart-7'),
  (8, 'Harbour Mart', 'mart-8'),
  (70, 'Station Mart', 'mart-70');

insert into campaign (id, title) values
  (1, 'A lamp that follows the sun'),
  (2, 'Second-hand bicycles for all'),
  (3, 'The pocket weather station'),
  (4, 'A cookbook for small kitchens'),
  (5, 'Repair café on wheels'),
  (6, 'Board game: The Lighthouse'),
  (7, 'Shade for every school yard'),
  (8, 'A choir for beginners');

-- Some thousand backers, and those who can log in.
insert into inbox (owner, unread, revision)
  select 'backer-' || (thousands.d * 1000 + hundreds.d * 100 + tens.d * 10 + ones.d + 1), 0, 0
  from (values (0), (1), (2), (3), (4)) as thousands (d)
  cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as hundreds (d)
  cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as tens (d)
  cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as ones (d);
insert into inbox (owner, unread, revision) values
  ('customer-1', 0, 0), ('customer-2', 0, 0), ('mart-7', 0, 0), ('admin', 0, 0);

-- Those who look on are told among the last.
insert into pledge (campaign_id, backer)
  select campaign.id, inbox.owner from campaign cross join inbox order by campaign.id, inbox.owner;
