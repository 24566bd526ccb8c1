using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts;

/// <summary>
/// What one shard found of a series for a rule that lives on another. The owner of the series writes it, anybody reads it.
/// </summary>
internal sealed class MeasureCell(int series, SeriesCondition condition, bool allowPartial)
{
    private int _input = (int)AlertInput.Missing;
    private double _value = double.NaN;
    private int _users;

    public int Series => series;

    /// <summary>The part of a condition it answers.</summary>
    public SeriesCondition Condition => condition;

    /// <summary>True to judge a window before it is full.</summary>
    public bool AllowPartial => allowPartial;

    /// <summary>The owner's own binding of the condition; used by the owner alone.</summary>
    public BoundCondition? Bound { get; set; }

    public bool IsUsed => Volatile.Read(ref _users) > 0;

    // Value and input may be of two steps that follow each other: the next step mends it.
    public Judgement Newest
    {
        get => new((AlertInput)Volatile.Read(ref _input), Volatile.Read(ref _value));
        set
        {
            Volatile.Write(ref _value, value.Value);
            Volatile.Write(ref _input, (int)value.Input);
        }
    }

    public void Use() => Interlocked.Increment(ref _users);

    public void GiveBack() => Interlocked.Decrement(ref _users);
}
