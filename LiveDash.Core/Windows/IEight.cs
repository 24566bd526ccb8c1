namespace LiveDash.Core.Windows;

/// <summary>
/// Eight doubles side by side, on whatever width the processor has. Every width adds up the same eight lanes in the same order, so a sum is
/// the same to the last bit on all of them, and each width can be tested on a processor that has the widest. Immutable.
/// </summary>
internal interface IEight<TSelf>
    where TSelf : struct, IEight<TSelf>
{
    /// <summary>Eight values from <paramref name="from"/> on.</summary>
    static abstract TSelf Load(ref readonly double from);

    /// <summary>How far eight times from <paramref name="from"/> on lie after another, in ticks.</summary>
    static abstract TSelf Ticks(ref readonly long from, long since);

    /// <summary>The same value eight times.</summary>
    static abstract TSelf Create(double value);

    static abstract TSelf operator +(in TSelf a, in TSelf b);

    static abstract TSelf operator -(in TSelf a, in TSelf b);

    static abstract TSelf operator *(in TSelf a, in TSelf b);

    /// <summary>The lesser of each pair; values are finite, so the processor's own minimum will do.</summary>
    static abstract TSelf Min(in TSelf a, in TSelf b);

    /// <summary>The greater of each pair.</summary>
    static abstract TSelf Max(in TSelf a, in TSelf b);

    /// <summary>Where a is below b, <paramref name="yes"/>; elsewhere <paramref name="no"/>.</summary>
    static abstract TSelf WhereBelow(in TSelf a, in TSelf b, in TSelf yes, in TSelf no);

    /// <summary>In how many pairs a is below b.</summary>
    static abstract int CountBelow(in TSelf a, in TSelf b);

    /// <summary>Writes the eight values.</summary>
    void Store(ref double to);

    /// <summary>The sum, halves first: ((0+4)+(2+6)) + ((1+5)+(3+7)).</summary>
    double Sum();

    /// <summary>The least of the eight.</summary>
    double Least();

    /// <summary>The greatest of the eight.</summary>
    double Greatest();
}
