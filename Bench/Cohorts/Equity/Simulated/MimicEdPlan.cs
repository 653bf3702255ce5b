using Bench.Cohorts.Equity.MimicEd;
using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Which patient each simulated visit is of: as many visits of each group, and as many patients, as published, in proportion.</summary>
internal sealed class MimicEdPlan
{
    /// <summary>Some patients come again and again: 1 would give all the same chance.</summary>
    private const double Inequality = 1.6;

    private const ulong OrderStream = 3UL << 56;
    private const ulong VisitStream = 4UL << 56;

    // White, black, hispanic, asian, other.
    private static readonly int[] s_publishedVisits = [244_093, 92_168, 35_205, 18_321, 28_313];

    private readonly ulong _seed;
    private readonly int[] _patientOfRow;
    private readonly int[] _firstRowOfPatient;
    private readonly (byte Group, int Rank)[] _patients;
    private readonly int[] _patientsOfGroup;

    /// <summary>Plans the visits.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="rowCount">The number of visits.</param>
    public MimicEdPlan(ulong seed, int rowCount)
    {
        _seed = seed;
        var rows = GroupSizes.Divide(s_publishedVisits, rowCount);
        var patientCount = (int)((long)rowCount * MimicEdSimulator.PublishedPatients / MimicEdSimulator.PublishedRows);
        _patientsOfGroup = GroupSizes.Divide(rows, patientCount);
        _patients = new (byte, int)[patientCount];
        var visits = new int[patientCount];
        var first = 0;
        for (var group = 0; group < rows.Length; group++)
        {
            for (var rank = 0; rank < _patientsOfGroup[group]; rank++)
                (_patients[first + rank], visits[first + rank]) = (((byte)group, rank), 1);
            var random = new RandomStream(seed, VisitStream | (uint)group);
            for (var visit = 0; visit < rows[group] - _patientsOfGroup[group]; visit++)
            {
                var place = PortableMath.Exp(Inequality * PortableMath.Log(1 - random.UniformDouble((ulong)visit)));
                visits[first + Math.Min((int)(place * _patientsOfGroup[group]), _patientsOfGroup[group] - 1)]++;
            }

            first += _patientsOfGroup[group];
        }

        // In an order that tells nothing.
        var order = new RandomStream(seed, OrderStream);
        var places = Enumerable.Range(0, patientCount).ToArray();
        Array.Sort(Array.ConvertAll(places, place => order.UInt64((ulong)place)), places);
        _patients = Array.ConvertAll(places, place => _patients[place]);
        visits = Array.ConvertAll(places, place => visits[place]);
        _firstRowOfPatient = new int[patientCount];
        _patientOfRow = new int[rowCount];
        var row = 0;
        for (var patient = 0; patient < patientCount; patient++)
        {
            _firstRowOfPatient[patient] = row;
            for (var end = row + visits[patient]; row < end; row++)
                _patientOfRow[row] = patient;
        }
    }

    /// <summary>Gets the number of visits.</summary>
    public int RowCount => _patientOfRow.Length;

    /// <summary>Gets the number of the patient of each visit, ascending.</summary>
    public IReadOnlyList<int> Patients => _patientOfRow;

    /// <summary>Returns the place of the group of a visit in <see cref="MimicEdRaces.Groups"/>.</summary>
    public byte GroupOf(int row) => _patients[_patientOfRow[row]].Group;

    /// <summary>Returns how many visits of the same patient come before one.</summary>
    public int EarlierVisits(int row) => row - _firstRowOfPatient[_patientOfRow[row]];

    /// <summary>Draws the patient of a visit.</summary>
    public MimicEdPatient PatientOf(int row)
    {
        var (group, rank) = _patients[_patientOfRow[row]];
        var frequency = -PortableMath.NormalQuantile((rank + 0.5) / _patientsOfGroup[group]);
        return MimicEdPatient.Draw(_seed, _patientOfRow[row], group, frequency);
    }
}
