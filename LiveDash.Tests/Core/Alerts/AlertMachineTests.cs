using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Each row of the transition table.</summary>
public sealed class AlertMachineTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    private static AlertMachine Machine(int hold = 0, int keep = 0) =>
        new(TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(keep), TimeSpan.FromMinutes(5));

    [Fact]
    public void Inactive_BreachWithoutFor_Fires()
    {
        var machine = Machine();
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, 7 * Second));
        Assert.Equal((AlertState.Firing, 7 * Second, 7 * Second), (machine.State, machine.ActiveAt, machine.FiredAt));
    }

    [Theory]
    [InlineData(AlertInput.Clear)]
    [InlineData(AlertInput.Band)]
    [InlineData(AlertInput.Missing)]
    public void Inactive_AnythingButBreach_Stays(AlertInput input)
    {
        var machine = Machine(hold: 5);
        Assert.Equal(AlertEventKind.None, machine.Step(input, Second));
        Assert.Equal(AlertState.Inactive, machine.State);
    }

    [Fact]
    public void Pending_BreachForExactlyTheTime_FiresOnce()
    {
        var machine = Machine(hold: 3);
        Assert.Equal(AlertEventKind.Pending, machine.Step(AlertInput.Breach, 1 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 2 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, (4 * Second) - 1));
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, 4 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 5 * Second));
        Assert.Equal(1 * Second, machine.ActiveAt);
    }

    [Theory]
    [InlineData(AlertInput.Clear)]
    [InlineData(AlertInput.Band)]
    public void Pending_NoBreach_DropsAndTheClockStartsAfresh(AlertInput input)
    {
        var machine = Machine(hold: 3);
        machine.Step(AlertInput.Breach, 1 * Second);
        machine.Step(AlertInput.Breach, 3 * Second);
        Assert.Equal(AlertEventKind.Dropped, machine.Step(input, (3 * Second) + 1));
        Assert.Equal(AlertEventKind.Pending, machine.Step(AlertInput.Breach, 4 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 6 * Second));
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, 7 * Second));
    }

    [Theory]
    [InlineData(AlertInput.Breach)]
    [InlineData(AlertInput.Band)]
    public void Firing_BreachOrBand_StaysAndFiresNoSecondTime(AlertInput input)
    {
        var machine = Machine();
        machine.Step(AlertInput.Breach, Second);
        Assert.Equal(AlertEventKind.None, machine.Step(input, 2 * Second));
        Assert.Equal(AlertState.Firing, machine.State);
    }

    [Fact]
    public void Firing_ClearWithoutKeep_Resolves()
    {
        var machine = Machine();
        machine.Step(AlertInput.Breach, Second);
        Assert.Equal(AlertEventKind.Resolved, machine.Step(AlertInput.Clear, 2 * Second));
        Assert.Equal((AlertState.Inactive, 0L, 0L), (machine.State, machine.ActiveAt, machine.FiredAt));
    }

    [Fact]
    public void Firing_ClearWithKeep_RecoversAndResolvesAfterIt()
    {
        var machine = Machine(keep: 2);
        machine.Step(AlertInput.Breach, Second);
        Assert.Equal(AlertEventKind.Recovering, machine.Step(AlertInput.Clear, 2 * Second));
        Assert.True(machine.IsOpen);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Clear, 3 * Second));
        Assert.Equal(AlertEventKind.Resolved, machine.Step(AlertInput.Clear, 4 * Second));
    }

    [Theory]
    [InlineData(AlertInput.Breach)]
    [InlineData(AlertInput.Band)]
    public void Recovering_BreachOrBand_GoesOnWithTheSameEpisode(AlertInput input)
    {
        var machine = Machine(keep: 2);
        machine.Step(AlertInput.Breach, Second);
        machine.Step(AlertInput.Clear, 2 * Second);
        Assert.Equal(AlertEventKind.Returned, machine.Step(input, 3 * Second));
        Assert.Equal((AlertState.Firing, Second), (machine.State, machine.FiredAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Missing_WhileAClockRuns_PausesIt(bool isPending)
    {
        var machine = Machine(hold: isPending ? 4 : 0, keep: 4);
        machine.Step(AlertInput.Breach, Second);
        var input = isPending ? AlertInput.Breach : AlertInput.Clear;
        machine.Step(input, 2 * Second);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Missing, 3 * Second));
        machine.Step(input, 100 * Second);
        var expected = isPending ? AlertState.Pending : AlertState.Recovering;
        Assert.Equal(expected, machine.State);
        machine.Step(input, 102 * Second);
        Assert.Equal(expected, machine.State);
        Assert.NotEqual(AlertEventKind.None, machine.Step(input, 104 * Second));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Pending_ClockStepsByAnHour_CountsForNothing(int jump)
    {
        var machine = Machine(hold: 10);
        machine.Step(AlertInput.Breach, 10_000 * Second);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, (10_000 + jump) * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, (10_009 + jump) * Second));
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, (10_010 + jump) * Second));
    }

    [Fact]
    public void Restored_Firing_NeitherFiresNorResolvesBeforeRealData()
    {
        var machine = Machine(hold: 5, keep: 5);
        machine.Restore(AlertState.Firing, 10 * Second, 15 * Second);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Missing, 1_000 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 1_001 * Second));
        Assert.Equal(15 * Second, machine.FiredAt);
    }

    [Fact]
    public void Restored_Pending_DoesNotCountTheOutage()
    {
        var machine = Machine(hold: 5);
        machine.Restore(AlertState.Pending, 10 * Second, 0);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 60 * Second));
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, 65 * Second));
    }

    [Theory]
    [InlineData(AlertState.Pending, AlertInput.Breach, AlertEventKind.Fired)]
    [InlineData(AlertState.Recovering, AlertInput.Clear, AlertEventKind.Resolved)]
    public void Restored_ClockHalfRun_GoesOnFromThereWithoutTheOutage(AlertState state, AlertInput input, AlertEventKind expected)
    {
        var machine = Machine(hold: 10, keep: 10);
        machine.Restore(state, 10 * Second, 5 * Second, elapsed: 6 * Second, lastAt: 16 * Second);
        Assert.Equal(AlertEventKind.None, machine.Step(input, 1_000 * Second));
        Assert.Equal(AlertEventKind.None, machine.Step(input, 1_003 * Second));
        Assert.Equal(expected, machine.Step(input, 1_004 * Second));
    }

    [Fact]
    public void Restored_StepBeforeTheLast_CountsNoStretchTwice()
    {
        var machine = Machine(hold: 10);
        machine.Restore(AlertState.Pending, 10 * Second, 0, elapsed: 6 * Second, lastAt: 16 * Second);
        machine.Step(AlertInput.Breach, 12 * Second);
        Assert.Equal(AlertEventKind.None, machine.Step(AlertInput.Breach, 19 * Second));
        Assert.Equal(AlertEventKind.Fired, machine.Step(AlertInput.Breach, 20 * Second));
    }

    [Theory]
    [InlineData(0, AlertEventKind.Resolved)]
    [InlineData(9, AlertEventKind.Dropped)]
    public void Close_WhateverIsOpen_EndsIt(int hold, AlertEventKind expected)
    {
        var machine = Machine(hold: hold);
        machine.Step(AlertInput.Breach, Second);
        Assert.Equal(expected, machine.Close());
        Assert.Equal(AlertEventKind.None, machine.Close());
    }
}
