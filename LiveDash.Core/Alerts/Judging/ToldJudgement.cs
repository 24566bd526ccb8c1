namespace LiveDash.Core.Alerts.Judging;

/// <summary>What an expression says of one label set. Used by one loop alone.</summary>
internal sealed class ToldJudgement
{
    private Judgement _found = Judgement.Missing;
    private string? _fault;

    /// <summary>The expression was evaluated.</summary>
    public void Tell(Judgement found) => (_found, _fault) = (found, null);

    /// <summary>The expression could not be evaluated.</summary>
    public void Fail(string fault) => _fault = fault;

    /// <summary>What it says.</summary>
    /// <exception cref="InvalidOperationException">It could not be evaluated.</exception>
    public Judgement Read() => _fault is null ? _found : throw new InvalidOperationException(_fault);
}
