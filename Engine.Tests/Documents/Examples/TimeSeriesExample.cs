using Engine.Data;
using Engine.Features;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class TimeSeriesExample
{
    [Fact]
    public void Features()
    {
        IStaySource stays = new Stays();

        // <example>
        PrefixSample[] prefixes = [new(Stay: 0, Hours: 24), new(Stay: 0, Hours: 48), new(Stay: 1, Hours: 24)];
        using var features = SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(stays.ChannelCount));
        PrefixTable.Write(stays, prefixes, features);                                   // 42 columns a channel, one walk a stay
        var names = PrefixFeatures.NamesFor(["heart rate", "temperature"]);
        // </example>

        Assert.Equal(84, names.Count);
        Assert.Equal(47, features.Row(1)[names.ToList().FindIndex(name => name.Contains("heart rate", StringComparison.Ordinal) && name.Contains("max", StringComparison.Ordinal))]);
    }

    [Fact]
    public void Sequences()
    {
        const int hourCount = 6;
        var (hours, stayCount) = (Tables.Normal(240, 5, 77), 40);
        var died = Enumerable.Range(0, stayCount).Select(stay => hours.Row((stay * hourCount) + 5)[0] > .5f).ToArray();

        // <example>
        var episodes = new EpisodeStore(hours, [.. Enumerable.Range(0, stayCount + 1).Select(stay => (long)stay * hourCount)]);     // where stays begin
        PrefixSample[] stays = [.. Enumerable.Range(0, stayCount).Select(stay => new PrefixSample(stay, hourCount))];
        var training = new LabeledSamples(Labels.From(died), sequences: new SequenceSamples(episodes, stays));
        var model = new Lstm { Training = new() { Epochs = 2 } }.Fit(new TrainingTask(training) { Seed = 7 });
        // </example>

        Assert.Equal(2, model.Summary.Epochs.Count);
    }

    // <example>
    /// <summary>Two stays: a heart rate that rises by 1 an hour, a temperature at every sixth.</summary>
    private sealed class Stays : IStaySource
    {
        public int StayCount => 2;

        public int ChannelCount => 2;

        public void Read(int stay, StayMeasurements destination)
        {
            for (var hour = 0; hour < 48; hour++)
            {
                destination.Add(channel: 0, time: hour + .5, value: hour);
                if (hour % 6 == 0)
                    destination.Add(channel: 1, time: hour + .5, value: 37);
            }
        }
    }
    // </example>
}
