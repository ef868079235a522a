-- Nobody of the agency sees the hashes of codes.
-- red: nobody_reads_it_but_those_who_were_chosen
drop policy audience_select on return_code;
