-- Whoever comes next reads a hand-over letter after the partner’s word.
-- red: the_partner_corrects_the_letter_before_whoever_comes_next_reads_it
select spoil.in_function('reads_handover(handover)',
    'h.state = ''passed'' and h.successor_id',
    'h.successor_id');
