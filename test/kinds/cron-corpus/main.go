// Prints what robfig/cron, the library of the Kubernetes CronJob controller, makes of several hundred schedules:
// whether it reads them, and when they run next. The tests compare this package's own reading with it.
//
//	go run . > ../cron-corpus.json && npx prettier --write ../cron-corpus.json
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

const runCount = 12

var from = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

type reading struct {
	Schedule string `json:"schedule"`
	// Error is the message of the library, or empty.
	Error string `json:"error,omitempty"`
	// RefusedBy is "kubernetes" when only the API server's own check refuses the schedule.
	RefusedBy string            `json:"refusedBy,omitempty"`
	Runs      map[string]string `json:"runs,omitempty"`
}

// nearChange holds the runs of every near schedule from two days before a change of the clocks.
type nearChange struct {
	TimeZone string            `json:"timeZone"`
	From     string            `json:"from"`
	Runs     map[string]string `json:"runs"`
}

type corpus struct {
	MadeWith    map[string]string   `json:"madeWith"`
	From        string              `json:"from"`
	Zones       map[string][]string `json:"zones"`
	Schedules   []reading           `json:"schedules"`
	NearChanges []nearChange        `json:"nearChanges"`
}

func main() {
	out := corpus{
		MadeWith: map[string]string{"github.com/robfig/cron/v3": "v3.0.1", "go": runtime.Version()},
		From:     stamp(from),
		Zones:    map[string][]string{},
	}
	seen := map[string]bool{}
	for _, schedule := range append(append(written, drawnValid(150)...), drawnAny(250)...) {
		if !seen[schedule] {
			seen[schedule] = true
			out.Schedules = append(out.Schedules, read(schedule))
		}
	}
	for _, zone := range changingZones {
		location := load(zone)
		changes := changesOf(location)
		for _, change := range changes {
			out.Zones[zone] = append(out.Zones[zone], describe(change, location))
		}
		if len(changes) > 2 {
			changes = changes[:2]
		}
		for _, change := range changes {
			start := change.AddDate(0, 0, -2)
			runs := map[string]string{}
			for _, schedule := range nearSchedules {
				parsed, _ := parse(schedule)
				runs[schedule] = runsOf(parsed, start.In(location), runCount)
			}
			out.NearChanges = append(out.NearChanges, nearChange{zone, stamp(start), runs})
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}

func read(schedule string) reading {
	parsed, message := parse(schedule)
	result := reading{Schedule: schedule, Error: message}
	if message != "" {
		return result
	}
	if strings.Contains(schedule, "TZ") { // https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#unsupported-timezone-specification
		result.RefusedBy = "kubernetes"
		return result
	}
	result.Runs = map[string]string{}
	for _, zone := range []string{"UTC", "Europe/Zurich", "America/New_York"} {
		result.Runs[zone] = runsOf(parsed, from.In(load(zone)), runCount)
	}
	return result
}

// A bare "TZ=" makes the library panic; the API server turns that into a refusal.
func parse(schedule string) (parsed cron.Schedule, message string) {
	defer func() {
		if problem := recover(); problem != nil {
			message = fmt.Sprintf("panic: %v", problem)
		}
	}()
	parsed, err := cron.ParseStandard(schedule)
	if err != nil {
		return nil, err.Error()
	}
	return parsed, ""
}

func runsOf(schedule cron.Schedule, after time.Time, count int) string {
	var runs []string
	for t := schedule.Next(after); !t.IsZero() && len(runs) < count; t = schedule.Next(t) {
		runs = append(runs, stamp(t))
	}
	return strings.Join(runs, " ")
}

func stamp(t time.Time) string {
	layout := "2006-01-02T15:04Z"
	if t.Second() != 0 {
		layout = "2006-01-02T15:04:05Z"
	}
	return t.UTC().Format(layout)
}

// changesOf finds the first seconds of new offsets in the five years after from.
func changesOf(location *time.Location) []time.Time {
	var changes []time.Time
	for t := from; t.Before(from.AddDate(5, 0, 0)); {
		_, end := t.In(location).ZoneBounds()
		if end.IsZero() {
			break
		}
		if offset(end.Add(-time.Second), location) != offset(end, location) && end.Before(from.AddDate(5, 0, 0)) {
			changes = append(changes, end.UTC())
		}
		t = end
	}
	return changes
}

func describe(change time.Time, location *time.Location) string {
	return fmt.Sprintf("%s %d %d", stamp(change), offset(change.Add(-time.Second), location), offset(change, location))
}

func offset(t time.Time, location *time.Location) int {
	_, seconds := t.In(location).Zone()
	return seconds
}

func load(zone string) *time.Location {
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return location
}

// drawnValid makes schedules of the kind that people write.
func drawnValid(count int) []string {
	random := rand.New(rand.NewSource(1))
	var schedules []string
	for range count {
		schedules = append(schedules, strings.Join([]string{
			drawnField(random, 0, 59), drawnField(random, 0, 23), drawnField(random, 1, 31),
			drawnField(random, 1, 12), drawnField(random, 0, 6),
		}, " "))
	}
	return schedules
}

func drawnField(random *rand.Rand, min, max int) string {
	value := func() int { return min + random.Intn(max-min+1) }
	low, high := value(), value()
	if low > high {
		low, high = high, low
	}
	switch random.Intn(9) {
	case 0, 1, 2:
		return "*"
	case 3:
		return fmt.Sprintf("*/%d", 1+random.Intn(max))
	case 4:
		return fmt.Sprintf("%d-%d", low, high)
	case 5:
		return fmt.Sprintf("%d-%d/%d", low, high, 1+random.Intn(5))
	case 6:
		return fmt.Sprintf("%d,%d", value(), value())
	case 7:
		return fmt.Sprintf("%d/%d", low, 1+random.Intn(9))
	default:
		return fmt.Sprint(value())
	}
}

// drawnAny makes schedules of pieces that are right, nearly right and wrong.
func drawnAny(count int) []string {
	random := rand.New(rand.NewSource(2))
	pieces := []string{
		"*", "?", "0", "1", "5", "7", "12", "23", "24", "31", "59", "60", "00", "+3", "-", "-", "/", "/", ",", ",",
		"MON", "sun", "Fri", "JAN", "dec", "L", "W", "#", "H", "2", "6", "",
	}
	var schedules []string
	for range count {
		fields := make([]string, 5)
		for i := range fields {
			fields[i] = []string{"*", "0", "1", "*/2"}[random.Intn(4)]
		}
		var field strings.Builder
		for range 1 + random.Intn(5) {
			field.WriteString(pieces[random.Intn(len(pieces))])
		}
		fields[random.Intn(5)] = field.String()
		schedules = append(schedules, strings.Join(fields, " "))
	}
	return schedules
}
