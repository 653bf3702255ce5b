namespace Bench.Studies.Claims;

/// <summary>How several verdicts become one.</summary>
internal enum Agreement
{
    /// <summary>Holds when all hold; does not when one does not.</summary>
    Every,

    /// <summary>Holds when more than half hold and none does not; does not when some do not, and at least as many as hold.</summary>
    Most,
}

/// <summary>The rules of <see cref="Agreement"/>.</summary>
internal static class Agreements
{
    /// <summary>Joins verdicts; none at all cannot be told.</summary>
    public static ClaimVerdict Join(this Agreement agreement, IEnumerable<ClaimVerdict> verdicts)
    {
        var all = verdicts.ToArray();
        var (holds, fails) = (all.Count(one => one == ClaimVerdict.Holds), all.Count(one => one == ClaimVerdict.DoesNotHold));
        return agreement switch
        {
            Agreement.Every when fails > 0 => ClaimVerdict.DoesNotHold,
            Agreement.Every when all.Length > 0 && holds == all.Length => ClaimVerdict.Holds,
            Agreement.Most when fails > 0 && fails >= holds => ClaimVerdict.DoesNotHold,
            Agreement.Most when fails == 0 && 2 * holds > all.Length => ClaimVerdict.Holds,
            _ => ClaimVerdict.CannotBeTold,
        };
    }

    /// <summary>Says the rule in words.</summary>
    /// <param name="agreement">The rule.</param>
    /// <param name="parts">What there are several of, in the plural.</param>
    public static string Describe(this Agreement agreement, string parts) => agreement == Agreement.Every
        ? $"holds when all {parts} hold, does not when one does not"
        : $"holds when more than half of the {parts} hold and none does not, does not when some do not and as many or fewer hold";
}
